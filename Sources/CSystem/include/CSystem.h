#ifndef PERMQL_CSYSTEM_H
#define PERMQL_CSYSTEM_H

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* System calls and constants that Swift's Glibc module does not import.
   Those that can fail return -1 and leave the reason in errno. */

/* memmem: the first place of one run of bytes in another, or a null pointer. */
const void *permql_find(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/* The first place of two bytes that stand this far apart, or a null pointer; a small letter of ASCII
   stands for the capital one too. */
const void *permql_find_pair(
    const void *haystack, size_t length, uint8_t first, uint8_t last, size_t distance);

/* Adds whole blocks of 64 bytes to a SHA-256 state with the processor's own instructions; 0 and
   nothing done where it has none. */
int permql_sha256(uint32_t state[8], const void *bytes, size_t blocks);

/* fallocate that leaves the file's size alone. */
int permql_allocate(int file, off_t offset, off_t length);

/* Takes or gives back an open-file-description write lock on one byte, without waiting. */
int permql_lock(int file, off_t byte);
int permql_unlock(int file, off_t byte);

/* 1 where another open file has a lock on the byte, 0 where none has. */
int permql_is_locked(int file, off_t byte);

/* Takes an exclusive lock on an open directory, without waiting; closing it gives it back. */
int permql_lock_whole(int directory);

/* 1 where an open file is on a file system that other machines may write to, 0 where not. */
int permql_is_on_network(int file);

/* Renames within the file system, never over something that exists. */
int permql_rename_new(int old_directory, const char *old_name, int new_directory,
                      const char *new_name);

/* The process's arguments as the kernel gave them, the program's own name first. */
int permql_argument_count(void);
char *permql_argument(int index);

#endif
