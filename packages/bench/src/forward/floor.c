// The least that forwarding can cost: each packet encrypted once for each receiver (AES-128-GCM as in SRTP, RFC 7714: 12 bytes of
// header authenticated, a tag of 16) and handed to the kernel, up to 128 packets a call. An addon, so that the
// OpenSSL is that of the runtime, which the media server uses too.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <node_api.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 128, MTU = 1500, HEADER = 12, TAG = 16 };

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000ull + t.tv_nsec / 1000;
}

// run(address, ports: Uint16Array, times: Uint32Array (microseconds), sizes: Uint16Array (bytes), loop (microseconds), length (microseconds))
static napi_value run(napi_env env, napi_callback_info info) {
  size_t argc = 6;
  napi_value argv[6];
  char address[64];
  size_t length, receivers, packets;
  uint16_t *ports, *sizes;
  uint32_t *times, loop, duration;
  napi_get_cb_info(env, info, &argc, argv, NULL, NULL);
  napi_get_value_string_utf8(env, argv[0], address, sizeof address, &length);
  napi_get_typedarray_info(env, argv[1], NULL, &receivers, (void **)&ports, NULL, NULL);
  napi_get_typedarray_info(env, argv[2], NULL, &packets, (void **)&times, NULL, NULL);
  napi_get_typedarray_info(env, argv[3], NULL, &packets, (void **)&sizes, NULL, NULL);
  napi_get_value_uint32(env, argv[4], &loop);
  napi_get_value_uint32(env, argv[5], &duration);

  static uint8_t plain[MTU], sealed[BATCH][MTU];
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  struct sockaddr_in *to = calloc(receivers, sizeof *to);
  EVP_CIPHER_CTX **contexts = calloc(receivers, sizeof *contexts);
  uint8_t key[16] = {1}, iv[12] = {0};
  int from = socket(AF_INET, SOCK_DGRAM, 0);
  memset(messages, 0, sizeof messages);
  for (size_t n = 0; n < receivers; n++) {
    to[n].sin_family = AF_INET;
    to[n].sin_port = htons(ports[n]);
    inet_pton(AF_INET, address, &to[n].sin_addr);
    contexts[n] = EVP_CIPHER_CTX_new();
    key[1] = n;
    EVP_EncryptInit_ex(contexts[n], EVP_aes_128_gcm(), NULL, key, iv);
  }

  uint64_t start = now_us(), counter = 0;
  uint32_t sent = 0;
  int waiting = 0;
  for (uint64_t at; (at = now_us() - start) < duration;) {
    for (; times[sent % packets] + (uint64_t)(sent / packets) * loop <= at; sent++) {
      size_t size = sizes[sent % packets];
      for (size_t n = 0; n < receivers; n++) {
        uint8_t *out = sealed[waiting];
        int written;
        memcpy(out, plain, HEADER);
        memcpy(out + 2, &(uint16_t){htons(sent)}, 2);
        memcpy(iv, &(uint64_t){++counter}, 8);
        EVP_EncryptInit_ex(contexts[n], NULL, NULL, NULL, iv);
        EVP_EncryptUpdate(contexts[n], NULL, &written, out, HEADER);
        EVP_EncryptUpdate(contexts[n], out + HEADER, &written, plain + HEADER, size - HEADER);
        EVP_EncryptFinal_ex(contexts[n], out + size, &written);
        EVP_CIPHER_CTX_ctrl(contexts[n], EVP_CTRL_AEAD_GET_TAG, TAG, out + size);
        parts[waiting] = (struct iovec){out, size + TAG};
        messages[waiting].msg_hdr = (struct msghdr){.msg_name = &to[n], .msg_namelen = sizeof *to, .msg_iov = &parts[waiting], .msg_iovlen = 1};
        if (++waiting == BATCH) sendmmsg(from, messages, waiting, 0), waiting = 0;
      }
    }
    if (waiting > 0) sendmmsg(from, messages, waiting, 0), waiting = 0;
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
  for (size_t n = 0; n < receivers; n++) EVP_CIPHER_CTX_free(contexts[n]);
  free(contexts);
  free(to);
  return NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "run", NAPI_AUTO_LENGTH, run, NULL, &function);
  return function;
}
