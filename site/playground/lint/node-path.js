import path from 'path-browserify';

export const { basename, dirname, extname, isAbsolute, join, relative, resolve } = path;
export default path;
