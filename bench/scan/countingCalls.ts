/** A port whose calls are counted, each as one request of the table: none of a scan's reads needs a second page. */
export function countingCalls<Port extends object>(
  name: string,
  port: Port,
  requests: Map<string, number>,
): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const call = `dynamodb, for ${name}.${String(key)}`;
        requests.set(call, (requests.get(call) ?? 0) + 1);
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}
