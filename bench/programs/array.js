function run(n) {
  const items = [];
  let i = 0, total = 0;
  while (i < n) { items.push(i); i = i + 1; }
  i = 0;
  while (i < n) { total = total + items[i]; i = i + 1; }
  return total;
}
console.log(run(Number(require("fs").readFileSync(0, "utf8"))));
