// The library wallycore as a second signer: reads lines of JSON, one a PSBT
// ({psbt, version, seed}: base64, 0 or 2, hex), and writes for each what it
// makes of it: {unsigned, signed, tx}.  In its own words: fields in its own
// order, as the version asked for.  Finds the library in PEER_MODULES.
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const dir = path.join(process.env.PEER_MODULES, 'wallycore', 'src', 'index.js');
const w = await import(pathToFileURL(dir).href);
const PRIVATE = 0x04358394;
const GRIND_R = 4;
const keys = new Map();

function master(seed) {
	if (!keys.has(seed))
		keys.set(seed, w.bip32_key_from_seed(Buffer.from(seed, 'hex'),
		    PRIVATE, 0));
	return keys.get(seed);
}

function final(psbt) {
	const p = w.psbt_from_base64(psbt, 0);
	try {
		w.psbt_finalize(p, 0);
		const tx = w.psbt_extract(p, 0);
		const hex = Buffer.from(w.tx_to_bytes(tx, 1)).toString('hex');
		w.tx_free(tx);
		return hex;
	} catch {
		return null;
	} finally {
		w.psbt_free(p);
	}
}

function make(ask) {
	const p = w.psbt_from_base64(ask.psbt, 0);
	w.psbt_set_version(p, 0, ask.version);
	const unsigned = w.psbt_to_base64(p, 0);
	w.psbt_sign_bip32(p, master(ask.seed), GRIND_R);
	const signed = w.psbt_to_base64(p, 0);
	w.psbt_free(p);
	return { unsigned, signed, tx: final(signed) };
}

for await (const line of readline.createInterface({ input: process.stdin }))
	process.stdout.write(JSON.stringify(make(JSON.parse(line))) + '\n');
