/** A token with these claims, signed by nobody. */
export function tokenOf(claims: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `h.${base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')}.s`;
}
