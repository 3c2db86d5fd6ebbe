import Theme from 'vitepress/theme';

import './three.css';

export default Theme;
