/** Patches to Medooze's DTLS: what it gives to OpenSSL, and what becomes of a connection that OpenSSL has given up. */
const connection = "medooze-media-server-src/src/dtls.cpp";

export const dtlsPatches = [
  {
    file: connection,
    find: "int DTLSConnection::Write(const BYTE *buffer, DWORD size)\n",
    replace: `//Whether each record is whole, and long enough to be what it says: after the handshake's first part (epoch 0) they bear an authentication tag
static bool AreRecords(SSL* ssl, const BYTE *buffer, DWORD size)
{
	auto cipher = SSL_get_current_cipher(ssl);
	if (!cipher)
		cipher = SSL_get_pending_cipher(ssl);
	//Tag, and for AES-GCM the explicit part of the nonce (RFC 5288, RFC 7905)
	const DWORD added = cipher && SSL_CIPHER_get_cipher_nid(cipher)==NID_chacha20_poly1305 ? 16 : 24;
	//Type, version, epoch and sequence number, length (RFC 6347, 4.1)
	constexpr DWORD header = 13;
	while (size)
	{
		if (size<header)
			return false;
		const DWORD length = get2(buffer,11);
		if (length>size-header || (get2(buffer,3) && length<added))
			return false;
		buffer += header+length;
		size -= header+length;
	}
	return true;
}

int DTLSConnection::Write(const BYTE *buffer, DWORD size)
`,
    times: 1,
    why: "OpenSSL takes an encrypted record that is shorter than its tag for a fault of its own and ends the connection: anybody who can forge an address could do that.",
  },
  {
    file: connection,
    find: "	BIO_write(read_bio, buffer, size);\n",
    replace: `	if (!AreRecords(ssl,buffer,size))
		return 0;

	BIO_write(read_bio, buffer, size);
`,
    times: 1,
    why: "What such a datagram holds goes no further.",
  },
  {
    file: connection,
    find: `			return Error("-DTLSConnection::Write() | SSL_read error [ret:%d,err:%d]\\n",len,SSL_get_error(ssl,len));
`,
    replace: `		{
			//What it did not read it never reads
			(void)BIO_reset(read_bio);
			ERR_clear_error();
			return Warning("-DTLSConnection::Write() | SSL_read error [ret:%d,err:%d]\\n",len,err);
		}
`,
    times: 1,
    why: "All that came to a connection that OpenSSL had given up was kept until its end: 33 kB a second under attack.",
  },
];
