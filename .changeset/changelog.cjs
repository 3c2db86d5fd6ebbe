/** A changelog for users: what changed, without the commits, and without the versions of our own packages. */
module.exports = {
  async getReleaseLine({ summary }) {
    const [first, ...rest] = summary.trim().split('\n');
    // Of a summary with a list in it the list is the entry.
    if (rest.some((line) => line.startsWith('- '))) return `\n${summary.trim()}`;
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)].join('\n');
  },
  async getDependencyReleaseLine() {
    return '';
  },
};
