/** The editor: TypeScript, squiggles of the linter, and its suggestions. */
import { indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { syntaxHighlighting } from '@codemirror/language';
import { forceLinting, linter, lintGutter } from '@codemirror/lint';
import { EditorView, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { minimalSetup } from 'codemirror';

/**
 * @param options.lint gives what is wrong in a text, as `site/playground/lint/worker.js` answers.
 * @param options.changed is called with each text that is written.
 */
export function makeEditor(parent, { text, lint, changed }) {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      minimalSetup,
      keymap.of([indentWithTab]),
      javascript({ typescript: true }),
      syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ 'aria-label': 'The program' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString());
      }),
      lintGutter(),
      linter(async ({ state }) => (await lint(state.doc.toString())).map(diagnosticOf), {
        delay: 300,
      }),
    ],
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(insert) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    },
    apply(change) {
      view.dispatch({ changes: change, selection: { anchor: change.from } });
      view.focus();
    },
    show(from) {
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
    lintNow: () => forceLinting(view),
    destroy: () => view.destroy(),
  };
}

function diagnosticOf({ from, to, message, rule, suggestions }) {
  return {
    from,
    to,
    message,
    source: rule,
    severity: 'error',
    actions: suggestions.map(({ name, change }) => ({
      name,
      apply: (view) => view.dispatch({ changes: change }),
    })),
  };
}
