/** The look of the page: light and dark as the reader's system is, and narrow on a telephone. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2733; --dim: #5b6875; --paper: #fff; --soft: #f2f5f7; --line: #d8dfe5; --accent: #b3401f; --mark: #ffe0d6; }
@media (prefers-color-scheme: dark) { :root { --text: #dfe7ee; --dim: #9aa8b5; --paper: #14191e; --soft: #1d242b; --line: #313b45; --accent: #ff8a66; --mark: #5c2a1a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem; background: var(--paper); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 1rem; } h2 { margin: 2rem 0 .5rem; font-size: 1rem; overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: 2rem; margin: 0 0 1rem; } dt { color: var(--dim); } dd { margin: 0; font-size: 1.8rem; font-weight: 600; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; } .note { color: var(--dim); overflow-wrap: anywhere; } .broken { color: var(--accent); overflow-wrap: anywhere; }
.map { position: relative; height: 20rem; margin: 1rem 0; }
.map button { position: absolute; overflow: hidden; border: 0; border-radius: 3px; padding: .3rem; text-align: left; vertical-align: top; font: .8rem system-ui, sans-serif; cursor: pointer; color: var(--text); background: color-mix(in srgb, var(--accent) calc(var(--strength) * 60%), var(--soft)); }
.map button[aria-pressed=true] { outline: 3px solid var(--accent); }
.map span { position: absolute; inset: .3rem; overflow-wrap: anywhere; }
fieldset { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; border: 1px solid var(--line); border-radius: 4px; }
article { border-left: 3px solid var(--accent); padding: .1rem 0 .1rem 1rem; margin: 0 0 1rem; } article p { margin: .3rem 0; }
article > p:first-child { color: var(--dim); } a { color: inherit; }
pre { margin: .4rem 0; padding: .6rem; overflow-x: auto; background: var(--soft); border-radius: 4px; }
pre i { display: inline-block; width: 3.5rem; color: var(--dim); font-style: normal; user-select: none; } mark { background: var(--mark); color: inherit; }
article ul { margin: 0; padding-left: 1.2rem; color: var(--dim); } [hidden] { display: none; }
@media print { fieldset, .map { break-inside: avoid; } }
`;

/** What filters by rule and by folder. Without it everything is shown. */
export const SCRIPT = `
const boxes = [...document.querySelectorAll('fieldset input')];
const folders = [...document.querySelectorAll('.map button')];
const shown = document.querySelector('#shown');
let folder;
function update() {
  const rules = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  let count = 0;
  for (const section of document.querySelectorAll('section')) {
    const file = section.dataset.file;
    const own = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    let any = false;
    for (const article of section.querySelectorAll('article')) {
      article.hidden = !rules.has(article.dataset.rule) || (folder !== undefined && own !== folder);
      if (article.hidden) continue;
      any = true;
      count++;
    }
    section.hidden = !any;
  }
  if (shown) shown.textContent = count + ' shown' + (folder === undefined ? '' : ', of ' + folder);
}
for (const box of boxes) box.addEventListener('change', update);
for (const button of folders) {
  button.addEventListener('click', () => {
    folder = folder === button.dataset.folder ? undefined : button.dataset.folder;
    for (const each of folders) each.setAttribute('aria-pressed', String(each.dataset.folder === folder));
    update();
  });
}
update();
`;
