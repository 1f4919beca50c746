// A bundle of its own, loaded when the first API description is open: the client is half of what a window would otherwise parse.
export { startClient } from '../guidelines/host/vscode/client';
