/** A pure function of one text that keeps its last answers; when it has `most` of them it forgets them all and begins again. */
export function remembered<Answer>(most: number, answer: (key: string) => Answer): (key: string) => Answer {
  const known = new Map<string, Answer>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    if (known.size >= most) known.clear();
    const fresh = answer(key);
    known.set(key, fresh);
    return fresh;
  };
}
