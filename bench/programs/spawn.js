async function next(i) {
  return i + 1;
}
async function run(n) {
  let i = 0;
  while (i < n) i = await next(i);
  return i;
}
run(Number(require("fs").readFileSync(0, "utf8"))).then(console.log);
