// Calls that wait for a person, by the names under which they are imported: what is shown stays until
// somebody has answered it. Of the platform, by its global names.

export interface PersonRow {
  /** As people call it. */
  readonly library: string;
  /** None: globals of the platform. */
  readonly modules: readonly string[];
  /** What the names stand for: exports and their members; `*` is any member, `default` the module itself. */
  readonly names: readonly string[];
}

export const PERSON_ROWS: readonly PersonRow[] = [
  {
    library: 'VS Code',
    modules: ['vscode'],
    names: [
      ...['showErrorMessage', 'showInformationMessage', 'showInputBox', 'showOpenDialog'],
      ...['showQuickPick', 'showSaveDialog', 'showWarningMessage', 'showWorkspaceFolderPick'],
    ].map((name) => `window.${name}`),
  },
  {
    library: 'Electron',
    modules: ['electron', 'electron/main', '@electron/remote'],
    names: [
      'dialog.showCertificateTrustDialog',
      'dialog.showMessageBox',
      'dialog.showOpenDialog',
      'dialog.showSaveDialog',
      'systemPreferences.askForMediaAccess',
      'systemPreferences.promptTouchID',
    ],
  },
  {
    library: 'Tauri',
    modules: ['@tauri-apps/plugin-dialog', '@tauri-apps/api/dialog'],
    names: ['ask', 'confirm', 'message', 'open', 'save'],
  },
  {
    library: 'Inquirer',
    modules: ['inquirer', 'enquirer'],
    names: ['prompt'],
  },
  {
    library: '@inquirer/prompts',
    modules: ['@inquirer/prompts'],
    names: [
      ...['checkbox', 'confirm', 'editor', 'expand', 'input', 'number', 'password', 'rawlist'],
      ...['search', 'select'],
    ],
  },
  {
    library: 'Clack',
    modules: ['@clack/prompts'],
    names: [
      ...['autocomplete', 'confirm', 'group', 'groupMultiselect', 'multiselect', 'password'],
      ...['path', 'select', 'selectKey', 'text'],
    ],
  },
  { library: 'prompts', modules: ['prompts'], names: ['default'] },
  { library: 'SweetAlert2', modules: ['sweetalert2'], names: ['fire'] },
  {
    library: 'Element Plus',
    modules: ['element-plus'],
    names: ['ElMessageBox', 'ElMessageBox.*'],
  },
  {
    library: 'Expo',
    modules: ['expo-document-picker', 'expo-image-picker', 'expo-sharing', 'expo-web-browser'],
    names: [
      ...[
        'getDocumentAsync',
        'launchCameraAsync',
        'launchImageLibraryAsync',
        'openAuthSessionAsync',
      ],
      ...['openBrowserAsync', 'shareAsync'],
    ],
  },
  {
    library: 'the browser',
    modules: [],
    names: [
      'Notification.requestPermission',
      'navigator.share',
      'showDirectoryPicker',
      'showOpenFilePicker',
      'showSaveFilePicker',
    ],
  },
];
