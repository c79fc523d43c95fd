#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/vfs.h>
#include <unistd.h>

const void *permql_find(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
  return memmem(haystack, haystack_length, needle, needle_length);
}

int permql_allocate(int file, off_t offset, off_t length) {
  return fallocate(file, FALLOC_FL_KEEP_SIZE, offset, length);
}

static int set_lock(int file, off_t byte, short type) {
  struct flock lock = {0};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  return fcntl(file, F_OFD_SETLK, &lock);
}

int permql_lock(int file, off_t byte) { return set_lock(file, byte, F_WRLCK); }

int permql_unlock(int file, off_t byte) { return set_lock(file, byte, F_UNLCK); }

int permql_is_locked(int file, off_t byte) {
  struct flock lock = {0};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  if (fcntl(file, F_OFD_GETLK, &lock) == -1) return -1;
  return lock.l_type != F_UNLCK;
}

int permql_lock_whole(int directory) { return flock(directory, LOCK_EX | LOCK_NB); }

int permql_is_on_network(int file) {
  struct statfs status;
  if (fstatfs(file, &status) == -1) return -1;
  switch ((unsigned int)status.f_type) {
    case 0x6969:     /* NFS */
    case 0x517B:     /* SMB */
    case 0xFE534D42: /* SMB 2 */
    case 0xFF534D42: /* CIFS */
    case 0x5346414F: /* AFS */
    case 0x6B414653: /* AFS, in the kernel */
    case 0x00C36400: /* Ceph */
    case 0x73757245: /* Coda */
    case 0x564C:     /* NCP */
    case 0x01021997: /* 9P */
      return 1;
    default: return 0;
  }
}

int permql_rename_new(int old_directory, const char *old_name, int new_directory,
                      const char *new_name) {
  return renameat2(old_directory, old_name, new_directory, new_name, RENAME_NOREPLACE);
}

void permql_expect_large(void *start, size_t length) {
  if (length < (size_t)4 << 20) return;
  uintptr_t page = 4095;
  uintptr_t first = (uintptr_t)start & ~page;
  uintptr_t end = ((uintptr_t)start + length) & ~page;
  madvise((void *)first, end - first, MADV_HUGEPAGE);
}

pid_t permql_fork(void) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child != 0) return child;
  /* The parent may have ended before the request was made. */
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != parent) _exit(1);
  return 0;
}

int permql_large_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) == -1) return -1;
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  return 0;
}

int permql_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == -1) return 1;
  return CPU_COUNT(&set);
}

static int argument_count;
static char **arguments;

/* Runs before the Swift runtime starts, which looks for its own folder through /proc and ends the
   process where there is none, and which reads the arguments there too. glibc hands them over. */
__attribute__((constructor(101))) static void begin(int count, char **values) {
  argument_count = count;
  arguments = values;
  if (access("/proc/self/exe", F_OK) != 0) setenv("SWIFT_ROOT", "/", 0);
  /* What is freed is kept for what comes next: the kernel would have to clear every page again. */
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_TOP_PAD, 256 << 10);
}

int permql_argument_count(void) {
  return argument_count;
}

char *permql_argument(int index) {
  return arguments[index];
}
