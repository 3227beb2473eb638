// Addresses of scripts that the page fetches by itself: under the page's policy none is fetched that did not come through
// here, and here no other passes than our own. The policy can be made once; whoever comes first leaves it to the others.

interface Policy {
  createScriptURL(address: string): string;
}
type Rules = { createScriptURL(address: string): string };
declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Rules): Policy };
    palabrePolicy?: Policy;
  }
}

const rules: Rules = {
  createScriptURL(address) {
    if (/^\/(sw|assets\/[\w-]+)\.js(\?again=\d+)?$/.test(address)) return address;
    throw new TypeError(`not a script of ours: ${address}`);
  },
};

export function scriptAddress(address: string): string {
  window.palabrePolicy ??= window.trustedTypes?.createPolicy("palabre", rules) ?? rules;
  return window.palabrePolicy.createScriptURL(address);
}
