/** What records call the server itself, where a person's account id stands else. */
export const SYSTEM = 'system';
