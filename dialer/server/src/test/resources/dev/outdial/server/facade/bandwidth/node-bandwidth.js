// What a user of node-bandwidth 2.x writes: makes a call, waits for its answer, plays a file, stops it, hangs up, lists.
const Bandwidth = require("node-bandwidth");

const [baseUrl, userId, apiToken, apiSecret, from, to, callbackUrl, fileUrl] = process.argv.slice(2);
const client = new Bandwidth({ baseUrl, userId, apiToken, apiSecret });

const pause = millis => new Promise(done => setTimeout(done, millis));

async function state(id, wanted) {
  for (let turn = 0; turn < 400; turn++) {
    const call = await client.Call.get(id);
    if (call.state === wanted) return call;
    await pause(50);
  }
  throw new Error("the call does not become " + wanted);
}

async function main() {
  const made = await client.Call.create({ from, to, callbackUrl });
  console.log("created " + made.id);
  await state(made.id, "active");
  await client.Call.playAudioFile(made.id, fileUrl);
  await pause(1000);
  await client.Call.stopAudioFilePlayback(made.id);
  await client.Call.stopAudioFilePlayback(made.id).then(
    () => console.log("stopped twice"),
    error => console.log("refused " + error.statusCode));
  await client.Call.hangup(made.id);
  const over = await state(made.id, "completed");
  console.log("charged " + over.chargeableDuration);
  const list = await client.Call.list({ from, size: 10 });
  console.log("listed " + list.map(call => call.id + " " + call.state).join(","));
  const events = await client.Call.getEvents(made.id);
  console.log("events " + events.map(event => event.name).join(","));
}

main().catch(error => {
  console.error(error.message || error);
  process.exit(1);
});
