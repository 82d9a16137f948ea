/**
 * Works something out once for each object. Only for objects that never change, and for what follows from them alone: then nobody
 * can tell that it is remembered. The latest object is kept alive, for it is asked about again and again.
 */
export function remembered<Of extends object, Worked>(work: (of: Of) => Worked): (of: Of) => Worked {
  const known = new WeakMap<Of, { readonly worked: Worked }>();
  let latestOf: Of | undefined;
  let latest: { readonly worked: Worked } | undefined;
  return (of) => {
    if (latest !== undefined && of === latestOf) return latest.worked;
    const found = known.get(of) ?? { worked: work(of) };
    known.set(of, found);
    latestOf = of;
    latest = found;
    return found.worked;
  };
}
