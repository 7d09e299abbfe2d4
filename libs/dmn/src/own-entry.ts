/** Sets an own entry whatever its name is: `__proto__` would change the object instead. */
export function setOwn(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
