// A wire between two networks that takes its time: an interface "far0" here and one in the network of another process; each
// packet that enters one leaves the other so many milliseconds later. Usage: delay <pid> <ms one way>
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 8192, MTU = 2048 };

struct packet {
  uint64_t due;
  ssize_t size;
  uint8_t bytes[MTU];
};
static struct packet queues[2][SLOTS];
static unsigned first[2], last[2];

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000ull + t.tv_nsec / 1000;
}

static int open_end(void) {
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  int end = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  strcpy(request.ifr_name, "far0");
  if (end < 0 || ioctl(end, TUNSETIFF, &request) < 0) {
    perror("far0");
    exit(1);
  }
  return end;
}

int main(int argc, char **argv) {
  char path[64];
  if (argc != 3) return 2;
  uint64_t delay = atoi(argv[2]) * 1000ull;
  int ends[2] = {open_end(), -1};
  snprintf(path, sizeof path, "/proc/%s/ns/net", argv[1]);
  int there = open(path, O_RDONLY);
  if (there < 0 || setns(there, CLONE_NEWNET) < 0) {
    perror(path);
    return 1;
  }
  ends[1] = open_end();
  puts("ready");
  fflush(stdout);

  for (;;) {
    uint64_t now = now_us(), wait = 1000000;
    for (int way = 0; way < 2; way++) {
      while (first[way] != last[way] && queues[way][first[way]].due <= now) {
        struct packet *packet = &queues[way][first[way]];
        if (write(ends[!way], packet->bytes, packet->size) < 0) {
          // That end is down or full: as on any wire, the packet is lost.
        }
        first[way] = (first[way] + 1) % SLOTS;
      }
      if (first[way] != last[way] && queues[way][first[way]].due - now < wait) wait = queues[way][first[way]].due - now;
    }
    struct pollfd polled[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLIN, 0}};
    struct timespec patience = {wait / 1000000, wait % 1000000 * 1000};
    if (ppoll(polled, 2, &patience, NULL) < 0) return 1;
    now = now_us();
    for (int way = 0; way < 2; way++) {
      if (polled[way].revents & (POLLERR | POLLHUP | POLLNVAL)) return 1;
      for (;;) {
        struct packet *packet = &queues[way][last[way]];
        ssize_t size = read(ends[way], packet->bytes, MTU);
        if (size <= 0) break;
        packet->size = size;
        packet->due = now + delay;
        if ((last[way] + 1) % SLOTS != first[way]) last[way] = (last[way] + 1) % SLOTS;
      }
    }
  }
}
