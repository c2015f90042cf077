/** What is injected by name because it is not a class of ours: see `platform.module.ts`. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
