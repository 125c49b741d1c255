function run(n) {
  let s = "", i = 0;
  while (i < n) {
    s = s + "அ" + i;
    i = i + 1;
  }
  return s;
}
console.log(run(Number(require("fs").readFileSync(0, "utf8"))).length);
