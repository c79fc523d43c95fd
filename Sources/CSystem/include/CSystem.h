#ifndef PERMQL_CSYSTEM_H
#define PERMQL_CSYSTEM_H

/* System calls and constants that Swift's Glibc module does not import. */

#endif
