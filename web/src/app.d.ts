/// <reference types="svelte" />
/// <reference types="vite/client" />

/** The version of the project, from CMakeLists.txt. */
declare const __ATTUNE_VERSION__: string;
