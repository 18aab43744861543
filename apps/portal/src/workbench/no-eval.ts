/**
 * The content security policy forbids compiling code from text. Zod would try once, and every try is reported as a violation;
 * this is how its documentation says to stop it before the first schema is made.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
