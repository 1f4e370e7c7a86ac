/* Faults of a disk, for a process that is started with this in LD_PRELOAD.

   Every call that changes a file or a name below a folder, or makes the change durable, is a point.
   Armed with a number, the process meets its fault at that point: it dies before the call or in the
   middle of it, loses power (what was written since the last fsync of a file is there only in part,
   and what was made, renamed or deleted since the last fsync of its folder may not be so), or is told
   that the call failed, once or from then on.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
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

/* A name that was made, moved or deleted and whose folder is not synced, newest first. What it
   replaced is kept beside the root. */
struct name {
  struct name *next;
  char now[PATH_MAX], was[PATH_MAX], kept[PATH_MAX], folder[PATH_MAX];
};
static struct name *unsettled;
static long stashed;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void fault_arm(const char *below, long point, int what, unsigned chance) {
  strncpy(root, below, sizeof root - 1);
  at = point;
  kind = what;
  seed = chance;
  points = 0;
}

long fault_points(void) { return points; }

static unsigned draw(unsigned below) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % below;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_below(const char *path) {
  size_t length = strlen(root);
  return length && path && strncmp(path, root, length) == 0 && path[length] == '/';
}

static int counts(int fd, char *path) {
  return root[0] && path_of(fd, path) && (is_below(path) || strcmp(path, root) == 0);
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

static void stash(char *kept) {
  snprintf(kept, PATH_MAX, "%.4000s.lost-%d-%ld", root, getpid(), stashed++);
}

/* Take back the newest names of each folder, as a disk may that had not yet written the folder. */
static void lose_names(void) {
  char folder[PATH_MAX] = "";
  int newest_only = draw(2); /* of one folder, or of all */
  unsigned left = 0;
  for (struct name *each = unsettled; each; each = each->next) left++;
  left = left ? draw(left + 1) : 0;
  for (struct name *each = unsettled; each; each = each->next) {
    if (newest_only) {
      if (!folder[0]) strcpy(folder, each->folder);
      if (strcmp(folder, each->folder)) continue;
    } else if (!left--) break;
    if (each->was[0]) REAL(rename)(each->now, each->was);
    else if (each->now[0]) {
      char gone[PATH_MAX];
      stash(gone);
      REAL(rename)(each->now, gone);
    }
    if (each->kept[0]) REAL(rename)(each->kept, each->now[0] ? each->now : each->was);
  }
}

/* Take back some of what was never made durable, as a disk may after a power cut. */
static void lose_power(void) {
  for (struct before *each = unsynced; each; each = each->next) {
    if (draw(3) == 0) continue;
    int fd = REAL(open)(each->path, O_WRONLY);
    struct stat now;
    if (fd < 0 || fstat(fd, &now) || now.st_ino != each->ino || now.st_dev != each->dev) continue;
    if (each->held) REAL(pwrite)(fd, each->data, each->held, each->offset);
    if (now.st_size > each->size && draw(2)) REAL(ftruncate)(fd, each->size);
    close(fd);
  }
  lose_names();
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

/* A name that is now, or that was and is no more; kept is what stood there before. */
static void remember_name(const char *now, const char *was, const char *kept) {
  if (kind != POWER) return;
  struct name *each = calloc(1, sizeof *each);
  if (!each) return;
  if (now) strcpy(each->now, now);
  if (was) strcpy(each->was, was);
  if (kept) strcpy(each->kept, kept);
  strcpy(each->folder, now ? now : was);
  *strrchr(each->folder, '/') = 0;
  each->next = unsettled;
  unsettled = each;
  for (struct before *data = unsynced; was && now && data; data = data->next)
    if (strcmp(data->path, was) == 0) strcpy(data->path, now);
}

/* What is about to lose its name stays under another, so that it can come back. */
static void keep(const char *path, char *kept) {
  kept[0] = 0;
  struct stat there;
  if (kind != POWER || lstat(path, &there)) return;
  stash(kept);
  if (REAL(link)(path, kept)) kept[0] = 0;
}

static void settled(const char *folder) {
  for (struct name **each = &unsettled; *each;) {
    struct name *gone = *each;
    if (strcmp(gone->folder, folder) == 0) {
      *each = gone->next;
      if (gone->kept[0]) REAL(unlink)(gone->kept);
      free(gone);
    } else
      each = &gone->next;
  }
}

static void forget(int fd, const char *path) {
  struct stat now;
  if (fstat(fd, &now)) return;
  if (S_ISDIR(now.st_mode)) settled(path);
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

/* A call about a name, once it is known to count. */
#define NAMED(call, grows, now, was, replaced)            \
  do {                                                    \
    char kept[PATH_MAX];                                  \
    int error = meet(grows);                              \
    if (error) FAIL(error);                               \
    const char *losing = (replaced);                      \
    if (losing) keep(losing, kept); else kept[0] = 0;     \
    int result = (call);                                  \
    if (torn()) die();                                    \
    if (result >= 0) remember_name(now, was, kept);       \
    return result;                                        \
  } while (0)

static int opened(const char *path, int flags, mode_t mode) {
  struct stat there;
  int makes = (flags & O_CREAT) && is_below(path) && lstat(path, &there);
  if (!makes) return REAL(open64)(path, flags, mode);
  NAMED(REAL(open64)(path, flags, mode), 1, path, NULL, NULL);
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
  if (!is_below(path)) return REAL(mkdir)(path, mode);
  NAMED(REAL(mkdir)(path, mode), 1, path, NULL, NULL);
}

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
  forget(fd, path);
  return 0; /* nothing here survives the machine, only the process; the disk may rest */
}

int fdatasync(int fd) { return fsync(fd); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  struct stat now;
  if (!counts(fd, path)) return REAL(ftruncate64)(fd, length);
  int error = meet(0);
  if (error) FAIL(error);
  if (torn()) die();
  if (!fstat(fd, &now) && now.st_size > length) remember(fd, path, length, now.st_size - length);
  return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
  if (!is_below(to)) return REAL(rename)(from, to);
  NAMED(REAL(rename)(from, to), 0, to, from, to);
}

int unlink(const char *path) {
  if (!is_below(path)) return REAL(unlink)(path);
  NAMED(REAL(unlink)(path), 0, NULL, path, path);
}

int link(const char *from, const char *to) {
  if (!is_below(to)) return REAL(link)(from, to);
  NAMED(REAL(link)(from, to), 0, to, NULL, NULL);
}
