/* Faults of a disk, for a process that is started with this in LD_PRELOAD.

   Every call that changes a file below a folder, or makes the change durable, is a point. Armed with a
   number, the process meets its fault at that point: it dies before the call or in the middle of it,
   loses power (what was written since the last fsync of a file is there only in part), or is told that
   the call failed, once or from then on.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, KILL, TORN, POWER, EIO_ONCE, EIO_EVER, FULL };

static char root[PATH_MAX];
static long at, points;
static int kind;
static unsigned seed;

/* What an unsynced write replaced, newest first. */
struct before {
  struct before *next;
  dev_t dev;
  ino_t ino;
  char path[PATH_MAX];
  off_t offset, size;
  size_t length, held;
  char data[];
};
static struct before *unsynced;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void fault_arm(const char *below, long point, int what, unsigned chance) {
  strncpy(root, below, sizeof root - 1);
  at = point;
  kind = what;
  seed = chance;
  points = 0;
}

long fault_points(void) { return points; }

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_below(const char *path) {
  return root[0] && path && strncmp(path, root, strlen(root)) == 0;
}

static int counts(int fd, char *path) { return root[0] && path_of(fd, path) && is_below(path); }

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* Take back some of what was never made durable, as a disk may after a power cut. */
static void lose_power(void) {
  for (struct before *each = unsynced; each; each = each->next) {
    seed = seed * 1103515245u + 12345u;
    if ((seed >> 16) % 3 == 0) continue;
    int fd = REAL(open)(each->path, O_WRONLY);
    struct stat now;
    if (fd < 0 || fstat(fd, &now) || now.st_ino != each->ino || now.st_dev != each->dev) continue;
    if (each->held) REAL(pwrite)(fd, each->data, each->held, each->offset);
    if (now.st_size > each->size && (seed >> 20) % 2) REAL(ftruncate)(fd, each->size);
    close(fd);
  }
  die();
}

static void remember(int fd, const char *path, off_t offset, size_t length) {
  if (kind != POWER) return;
  struct stat now;
  if (fstat(fd, &now)) return;
  struct before *each = malloc(sizeof *each + length);
  if (!each) return;
  int read_fd = REAL(open)(path, O_RDONLY);
  ssize_t held = read_fd < 0 ? 0 : pread(read_fd, each->data, length, offset);
  if (read_fd >= 0) close(read_fd);
  each->dev = now.st_dev;
  each->ino = now.st_ino;
  strcpy(each->path, path);
  each->offset = offset;
  each->size = now.st_size;
  each->length = length;
  each->held = held > 0 ? (size_t)held : 0;
  each->next = unsynced;
  unsynced = each;
}

static void forget(int fd) {
  struct stat now;
  if (fstat(fd, &now)) return;
  for (struct before **each = &unsynced; *each;) {
    struct before *gone = *each;
    if (gone->ino == now.st_ino && gone->dev == now.st_dev) {
      *each = gone->next;
      free(gone);
    } else
      each = &gone->next;
  }
}

/* Whether the call is to fail, and how: 0, EIO or ENOSPC. Dies where that is the fault. */
static int meet(int grows) {
  points++;
  if (!at || points < at) return 0;
  if (points == at) {
    if (kind == KILL) die();
    if (kind == POWER) lose_power();
    if (kind == EIO_ONCE || kind == EIO_EVER) return EIO;
  }
  if (kind == EIO_EVER) return EIO;
  if (kind == FULL && grows) return ENOSPC;
  return 0;
}

static int torn(void) { return kind == TORN && at && points == at; }

#define FAIL(error) do { errno = (error); return -1; } while (0)

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (!counts(fd, path)) return REAL(pwrite64)(fd, data, length, offset);
  int error = meet(1);
  if (error) FAIL(error);
  if (torn()) { REAL(pwrite64)(fd, data, length / 2, offset); die(); }
  remember(fd, path, offset, length);
  return REAL(pwrite64)(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
  char path[PATH_MAX];
  if (!counts(fd, path)) return REAL(write)(fd, data, length);
  int error = meet(1);
  if (error) FAIL(error);
  if (torn()) { REAL(write)(fd, data, length / 2); die(); }
  off_t end = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  remember(fd, path, end, length);
  return REAL(write)(fd, data, length);
}

int fsync(int fd) {
  char path[PATH_MAX];
  if (!counts(fd, path)) return REAL(fsync)(fd);
  int error = meet(0);
  if (error) FAIL(error);
  if (torn()) die();
  forget(fd);
  return 0; /* nothing here survives the machine, only the process; the disk may rest */
}

int fdatasync(int fd) { return fsync(fd); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  if (!counts(fd, path)) return REAL(ftruncate64)(fd, length);
  int error = meet(0);
  if (error) FAIL(error);
  if (torn()) die();
  return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
  if (!is_below(to)) return REAL(rename)(from, to);
  int error = meet(0);
  if (error) FAIL(error);
  int result = REAL(rename)(from, to);
  if (torn()) die();
  return result;
}

int unlink(const char *path) {
  if (!is_below(path)) return REAL(unlink)(path);
  int error = meet(0);
  if (error) FAIL(error);
  int result = REAL(unlink)(path);
  if (torn()) die();
  return result;
}

int link(const char *from, const char *to) {
  if (!is_below(to)) return REAL(link)(from, to);
  int error = meet(0);
  if (error) FAIL(error);
  int result = REAL(link)(from, to);
  if (torn()) die();
  return result;
}
