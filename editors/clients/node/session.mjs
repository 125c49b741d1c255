// A scripted session of every request, in each of the three encodings. Every line that is asked about holds a letter of
// two UTF-16 units before the spot, so that a server which counts in the wrong unit answers about another place.
// Usage: session.mjs BINARY WORKSPACE
import assert from 'node:assert/strict';
import { createConversation } from './steps.mjs';

const [binary, workspace] = process.argv.slice(2);
let failed = 0;
for (const encoding of ['utf-16', 'utf-8', 'utf-32']) {
  const { steps, end } = await createConversation(binary, workspace, encoding);
  for (const [name, step] of steps) {
    try {
      await step();
      console.log(`ok   ${encoding} ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${encoding} ${name}\n     ${error.stack.split('\n').slice(0, 12).join('\n     ')}`);
    }
  }
  await end();
}
assert.equal(failed, 0, `${failed} steps failed`);
