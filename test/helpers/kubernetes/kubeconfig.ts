/** A kubeconfig with one context, `test`, which is not the current one: where a deploy goes is said, not left over. */
export function kubeconfigOf(url: string, token: string, ca?: string, current = 'other'): string {
  const trust =
    ca === undefined
      ? 'insecure-skip-tls-verify: true'
      : `certificate-authority-data: ${Buffer.from(ca).toString('base64')}`;
  return `apiVersion: v1
kind: Config
current-context: ${current}
clusters:
  - name: c
    cluster: { server: ${JSON.stringify(url)}, ${trust} }
users:
  - name: u
    user: { token: ${token} }
contexts:
  - name: test
    context: { cluster: c, user: u }
`;
}
