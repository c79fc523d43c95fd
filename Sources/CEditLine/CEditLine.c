#define _GNU_SOURCE
#include "CEditLine.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* Without a locale of UTF-8 the C library would lose whatever is not ASCII. */
static void use_utf8(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
  setlocale(LC_CTYPE, "C.UTF-8");
}

EditLine *permql_edit_open(void) {
  if (!isatty(STDIN_FILENO)) return NULL;
  use_utf8();
  FILE *nowhere = fopen("/dev/null", "we");
  if (!nowhere) return NULL;
  EditLine *editor = el_init_fd("permql", stdin, nowhere, nowhere, STDIN_FILENO, STDIN_FILENO,
                                STDIN_FILENO);
  if (!editor) {
    fclose(nowhere);
    return NULL;
  }
  el_wset(editor, EL_SIGNAL, 0);
  el_wset(editor, EL_EDITOR, L"emacs");
  el_source(editor, NULL);
  return editor;
}

void permql_edit_close(EditLine *editor) {
  FILE *nowhere = NULL;
  el_wget(editor, EL_GETFP, 1, &nowhere);
  el_wset(editor, EL_EDITMODE, 0);
  el_end(editor);
  if (nowhere) fclose(nowhere);
}

void permql_edit_set_client(EditLine *editor, void *client) {
  el_wset(editor, EL_CLIENTDATA, client);
}

void *permql_edit_client(EditLine *editor) {
  void *client = NULL;
  el_wget(editor, EL_CLIENTDATA, &client);
  return client;
}

void permql_edit_set_reader(EditLine *editor, el_rfunc_t reader) {
  el_wset(editor, EL_GETCFN, reader);
}

int permql_edit_add(EditLine *editor, const wchar_t *name, permql_edit_function function) {
  return el_wset(editor, EL_ADDFN, name, L"", function);
}

int permql_edit_bind(
    EditLine *editor, const wchar_t *keys, const wchar_t *name, int in_command_map) {
  if (in_command_map) return el_wset(editor, EL_BIND, L"-a", keys, name, NULL);
  return el_wset(editor, EL_BIND, keys, name, NULL);
}

int permql_edit_is_vi(EditLine *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name && wcscmp(name, L"vi") == 0;
}

int permql_edit_is_enabled(EditLine *editor) {
  int enabled = 1;
  el_wget(editor, EL_EDITMODE, &enabled);
  return enabled;
}

void permql_edit_prepare(EditLine *editor, int raw) { el_wset(editor, EL_PREP_TERM, raw); }

void permql_edit_replace(EditLine *editor, int start, int count, const wchar_t *text) {
  const LineInfoW *line = el_wline(editor);
  el_cursor(editor, start + count - (int)(line->cursor - line->buffer));
  el_wdeletestr(editor, count);
  el_winsertstr(editor, text);
}

static sigset_t answered(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTSTP);
  sigaddset(&set, SIGWINCH);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

void permql_edit_hold_signals(int hold) {
  sigset_t set = answered();
  pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

// Lets a signal through that is held back; whether there was one.
static int let_through(const sigset_t *set) {
  sigset_t pending, before;
  sigpending(&pending);
  int is_pending = 0;
  for (int number = 1; number < NSIG; number++) {
    if (sigismember(set, number) == 1 && sigismember(&pending, number) == 1) is_pending = 1;
  }
  if (!is_pending) return 0;
  pthread_sigmask(SIG_UNBLOCK, set, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return 1;
}

int permql_edit_wait(int file, int milliseconds) {
  struct pollfd request = {.fd = file, .events = POLLIN};
  struct timespec limit = {.tv_sec = milliseconds / 1000,
                           .tv_nsec = (long)(milliseconds % 1000) * 1000000};
  sigset_t mask;
  sigset_t set = answered();
  pthread_sigmask(SIG_SETMASK, NULL, &mask);
  for (int number = 1; number < NSIG; number++) {
    if (sigismember(&set, number) == 1) sigdelset(&mask, number);
  }
  int found = ppoll(&request, 1, milliseconds < 0 ? NULL : &limit, &mask);
  // Where input is there at once, ppoll lets no signal through: what was typed behind Ctrl-C would
  // come before it.
  if (found > 0) {
    set = answered();
    if (let_through(&set)) return -1;
  }
  return found < 0 ? -1 : found > 0;
}

void permql_edit_stop(int signal_number) {
  struct sigaction usual = {.sa_handler = SIG_DFL}, ours;
  sigset_t set, before;
  sigaction(signal_number, &usual, &ours);
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(signal_number, &ours, NULL);
}
