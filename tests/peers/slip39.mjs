// The library slip39 as a second maker of shares: reads lines of JSON.
// {shares, passphrase}: what they give, {secret} in hex, or {error}.
// {secret, passphrase, need, groups: [[need, of], ...]}: {shares}, a list a
// group.  Finds the library in PEER_MODULES.
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Slip39 = require(path.join(process.env.PEER_MODULES, 'slip39'));

function answer(q) {
	if (q.shares)
		return { secret: Buffer.from(Slip39.recoverSecret(q.shares,
		    q.passphrase)).toString('hex') };
	const s = Slip39.fromArray(Array.from(Buffer.from(q.secret, 'hex')), {
		passphrase: q.passphrase, threshold: q.need,
		groups: q.groups.map((g) => [...g, 'group']), title: 'peer' });
	return { shares: q.groups.map((g, i) => Array.from({ length: g[1] },
	    (_, k) => s.fromPath(`r/${i}/${k}`).mnemonics[0])) };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
	let out;
	try {
		out = answer(JSON.parse(line));
	} catch (e) {
		out = { error: String(e.message ?? e) };
	}
	process.stdout.write(JSON.stringify(out) + '\n');
}
