#include "CSystem.h"

#include <string.h>

/* Loops over columns, 64 values at a time, in vectors of the size that the processor has. Each is
   written once, as a body, and compiled twice on processors that may have wider vectors. */

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define WIDE __attribute__((target("avx2,popcnt")))
/* What the C library found out when the process began: asking the processor costs microseconds. */
#define HAS_WIDE (CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(POPCNT))
#else
#define WIDE
#define HAS_WIDE 0
#endif
#define BODY static inline __attribute__((always_inline))

#define LANES(type) __attribute__((ext_vector_type(64))) type
typedef LANES(uint8_t) bytes64;
typedef LANES(_Bool) flags64;

BODY uint64_t word(flags64 flags) {
  uint64_t word;
  memcpy(&word, &flags, 8);
  return word;
}

/* The bit by which capital letters differ, where the byte is a small letter. */
BODY uint8_t case_bit(uint8_t byte) { return byte >= 'a' && byte <= 'z' ? 0x20 : 0; }

/* Which of 64 bytes are the wanted one when they have a bit set. */
BODY flags64 equal64(const uint8_t *bytes, uint8_t bit, uint8_t wanted) {
  bytes64 lanes;
  memcpy(&lanes, bytes, 64);
  return __builtin_convertvector((lanes | bit) == wanted, flags64);
}

BODY int is_literal(const uint8_t *bytes, const uint8_t *literal, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((bytes[i] | case_bit(literal[i])) != literal[i]) return 0;
  return 1;
}

BODY size_t find_all(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  if (length < literal_length) return 0;
  size_t found = 0, distance = literal_length - 1, end = length - distance;
  uint8_t first = literal[0], last = literal[distance];
  uint8_t first_bit = case_bit(first), last_bit = case_bit(last);
  for (size_t place = from; place < end; place += 64) {
    uint64_t candidates;
    if (end - place >= 64) {
      candidates = word(equal64(bytes + place, first_bit, first)) &
                   word(equal64(bytes + place + distance, last_bit, last));
    } else {
      candidates = 0;
      for (size_t i = 0; place + i < end; i++)
        candidates |= (uint64_t)((bytes[place + i] | first_bit) == first) << i;
    }
    for (; candidates != 0; candidates &= candidates - 1) {
      size_t hit = place + (size_t)__builtin_ctzll(candidates);
      if (!is_literal(bytes + hit, literal, literal_length)) continue;
      hits[found++] = (uint32_t)hit;
      if (found == capacity) return found;
    }
  }
  return found;
}

WIDE static size_t find_all_wide(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  return find_all(bytes, length, literal, literal_length, from, hits, capacity);
}

size_t permql_find_all(
    const uint8_t *bytes, size_t length, const uint8_t *literal, size_t literal_length, size_t from,
    uint32_t *hits, size_t capacity) {
  if (HAS_WIDE)
    return find_all_wide(bytes, length, literal, literal_length, from, hits, capacity);
  return find_all(bytes, length, literal, literal_length, from, hits, capacity);
}

#define SHIFT_ENDS(name, type)                                                                     \
  int permql_##name(const type *ends, uint32_t start, uint32_t limit, uint32_t *shifted) {         \
    unsigned descends = 0;                                                                         \
    for (size_t i = 0; i < 64; i++) shifted[i] = start + ends[i];                                  \
    for (size_t i = 1; i < 64; i++) descends |= ends[i] < ends[i - 1];                             \
    return !descends && ends[63] <= limit;                                                         \
  }

SHIFT_ENDS(shift_ends_16, uint16_t)
SHIFT_ENDS(shift_ends_32, uint32_t)

/* A value lies in a range where its distance from the least is at most that of the greatest. */
#define IN_RANGE(name, type)                                                                       \
  BODY void name##_body(                                                                           \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    typedef LANES(type) lanes;                                                                     \
    for (size_t i = 0; i < words; i++) {                                                           \
      lanes distances;                                                                             \
      memcpy(&distances, values + 64 * i, sizeof distances);                                       \
      bits[i] |= word(__builtin_convertvector((distances - least) <= extent, flags64));            \
    }                                                                                              \
  }                                                                                                \
  WIDE static void name##_wide(                                                                    \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    name##_body(values, words, least, extent, bits);                                               \
  }                                                                                                \
  void permql_##name(                                                                              \
      const type *values, size_t words, type least, type extent, uint64_t *bits) {                 \
    if (HAS_WIDE)                                                                                  \
      name##_wide(values, words, least, extent, bits);                                             \
    else                                                                                           \
      name##_body(values, words, least, extent, bits);                                             \
  }

IN_RANGE(in_range_8, uint8_t)
IN_RANGE(in_range_16, uint16_t)
IN_RANGE(in_range_32, uint32_t)
IN_RANGE(in_range_64, uint64_t)
