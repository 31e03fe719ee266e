/// <reference types="svelte" />
/// <reference types="vite/client" />

/** The texts that come with Later.svelte (scripts/texts.mjs). */
declare module '*/texts.json?later' {
  const texts: Record<string, string>;
  export default texts;
}

declare module '*/errors.json?later' {
  const errors: Record<string, { what: string; safe: string; do: string }>;
  export default errors;
}

/** The version of the project, from CMakeLists.txt. */
declare const __ATTUNE_VERSION__: string;
