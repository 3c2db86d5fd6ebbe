export function newAbortController(): AbortController {
  return new AbortController();
}
