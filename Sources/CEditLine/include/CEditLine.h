#ifndef PERMQL_CEDITLINE_H
#define PERMQL_CEDITLINE_H

#include <histedit.h>
#include <stddef.h>

/* libedit's calls that Swift can't make, because they take a variable number of arguments, and the
   few that need the terminal's signals held back. The editor's own drawing goes nowhere: permql
   paints the line itself. */

/* Called for a bound key; the result is one of libedit's CC_ values. */
typedef unsigned char (*permql_edit_function)(EditLine *, int);

/* Begins editing on standard input, or gives a null pointer where it is no terminal.
   The locale's characters are UTF-8 from then on. */
EditLine *permql_edit_open(void);

/* Ends editing; what was typed ahead stays with the terminal. */
void permql_edit_close(EditLine *);

void permql_edit_set_client(EditLine *, void *);
void *permql_edit_client(EditLine *);

/* What reads the next character; 1 where it did, 0 at the end, -1 on an error. */
void permql_edit_set_reader(EditLine *, el_rfunc_t);

/* Makes a function that keys can be bound to; the name must live as long as the editor. */
int permql_edit_add(EditLine *, const wchar_t *name, permql_edit_function);

/* Binds keys in the main map, or in vi's command map. */
int permql_edit_bind(EditLine *, const wchar_t *keys, const wchar_t *name, int in_command_map);

/* 1 where the vi keys are in use. */
int permql_edit_is_vi(EditLine *);

/* 0 where an .editrc says that lines are not to be edited. */
int permql_edit_is_enabled(EditLine *);

/* Gives the terminal the editor's settings, or back its own. */
void permql_edit_prepare(EditLine *, int raw);

/* Replaces so many characters from a place on by a text, and leaves the cursor behind it. */
void permql_edit_replace(EditLine *, int start, int count, const wchar_t *text);

/* Holds back the signals that the editor answers, so that none is missed between a look and a wait. */
void permql_edit_hold_signals(int hold);

/* Waits for input with those signals let through: 1 there is some, 0 the time is over (a negative
   one never is), -1 a signal came. */
int permql_edit_wait(int file, int milliseconds);

/* The process stops as if nobody had answered the signal; returns once it goes on. */
void permql_edit_stop(int signal_number);

#endif
