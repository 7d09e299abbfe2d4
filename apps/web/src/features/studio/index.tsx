/** Place of the studio, where administrators edit procedures, forms and decision tables. */
export default function Studio() {
  return null;
}
