// The only two scripts the page may start by address: its worker and its service worker (Trusted Types).

type Policy = { createScriptURL(url: string): unknown };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy('attune', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError('a script of another origin');
    return url;
  },
});

/** The same address, allowed by the page's policy. */
export function own_script(url: string): string {
  return (policy ? policy.createScriptURL(url) : url) as string;
}
