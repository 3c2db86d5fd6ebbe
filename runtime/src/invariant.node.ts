export { default as invariant } from 'tiny-invariant';
