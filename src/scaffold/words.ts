/** A name in other spellings, for expressions and templates: `order-items` → `order_items`, `OrderItems`, `Order Items`. */

const words = (name: string): readonly string[] => name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const spellings: Readonly<Record<string, (name: string) => string>> = {
  snake: (name) => words(name).join('_').toLowerCase(),
  kebab: (name) => words(name).join('-').toLowerCase(),
  pascal: (name) => words(name).map(capital).join(''),
  title: (name) => words(name).map(capital).join(' '),
  upper: (name) => name.toUpperCase(),
};
