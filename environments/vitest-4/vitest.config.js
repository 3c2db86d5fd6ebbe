export default {
  // `mooring` is loaded by Node; inlined, by vite.
  test: { server: { deps: { inline: process.env.INLINE ? ['mooring'] : [] } } },
};
