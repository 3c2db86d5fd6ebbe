import { defineAsyncComponent } from 'vue';
import Theme from 'vitepress/theme';

import './three.css';

export default {
  extends: Theme,
  enhanceApp({ app }) {
    // An editor is of no weight to the pages without one.
    const load = () => import('./playground/Playground.vue');
    app.component('Playground', defineAsyncComponent(load));
  },
};
