function run(n) {
  let total = 0, i = 0;
  while (i < n) {
    total = total + i * 2;
    i = i + 1;
  }
  return total;
}
console.log(run(Number(require("fs").readFileSync(0, "utf8"))));
