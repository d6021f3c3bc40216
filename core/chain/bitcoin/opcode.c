#include "core/chain/bitcoin/multi.h"

/* As Bitcoin Core names them, without OP_; those that scripts in use have. */
static const char *const names[256] = {
	[0x00] = "0", [0x4f] = "-1", [0x61] = "NOP", [0x63] = "IF",
	[0x64] = "NOTIF", [0x67] = "ELSE", [0x68] = "ENDIF",
	[0x69] = "VERIFY", [0x6a] = "RETURN", [0x6b] = "TOALTSTACK",
	[0x6c] = "FROMALTSTACK", [0x6d] = "2DROP", [0x6e] = "2DUP",
	[0x6f] = "3DUP", [0x70] = "2OVER", [0x71] = "2ROT",
	[0x72] = "2SWAP", [0x73] = "IFDUP", [0x74] = "DEPTH",
	[0x75] = "DROP", [0x76] = "DUP", [0x77] = "NIP", [0x78] = "OVER",
	[0x79] = "PICK", [0x7a] = "ROLL", [0x7b] = "ROT", [0x7c] = "SWAP",
	[0x7d] = "TUCK", [0x82] = "SIZE", [0x87] = "EQUAL",
	[0x88] = "EQUALVERIFY", [0x8b] = "1ADD", [0x8c] = "1SUB",
	[0x8f] = "NEGATE", [0x90] = "ABS", [0x91] = "NOT",
	[0x92] = "0NOTEQUAL", [0x93] = "ADD", [0x94] = "SUB",
	[0x9a] = "BOOLAND", [0x9b] = "BOOLOR", [0x9c] = "NUMEQUAL",
	[0x9d] = "NUMEQUALVERIFY", [0x9e] = "NUMNOTEQUAL",
	[0x9f] = "LESSTHAN", [0xa0] = "GREATERTHAN",
	[0xa1] = "LESSTHANOREQUAL", [0xa2] = "GREATERTHANOREQUAL",
	[0xa3] = "MIN", [0xa4] = "MAX", [0xa5] = "WITHIN",
	[0xa6] = "RIPEMD160", [0xa7] = "SHA1", [0xa8] = "SHA256",
	[0xa9] = "HASH160", [0xaa] = "HASH256", [0xac] = "CHECKSIG",
	[0xad] = "CHECKSIGVERIFY", [0xae] = "CHECKMULTISIG",
	[0xaf] = "CHECKMULTISIGVERIFY", [0xb0] = "NOP1",
	[0xb1] = "CHECKLOCKTIMEVERIFY", [0xb2] = "CHECKSEQUENCEVERIFY",
	[0xba] = "CHECKSIGADD",
};

const char *
opcode_name(uint8_t op)
{
	static const char *const numbers[] = { "1", "2", "3", "4", "5", "6",
	    "7", "8", "9", "10", "11", "12", "13", "14", "15", "16" };

	if (op >= OP_NUM_1 && op <= OP_NUM_16)
		return numbers[op - OP_NUM_1];
	return names[op];
}
