import Testing

@Suite("transcripts")
struct TranscriptTests {
  @Test("a transcript tells output, errors and exit status apart")
  func layout() {
    let transcript = Transcript(entries: [
      Transcript.Entry(command: "one", output: "a\n", errors: "", status: 0),
      Transcript.Entry(command: "two", output: "", errors: "error\n", status: 2),
    ])
    #expect(
      transcript.text == """
        $ one
        a
        [exit 0]

        $ two
        [standard error]
        error
        [exit 2]

        """)
    #expect(Transcript.commands(in: transcript.text) == ["one", "two"])
  }

  @Test("a command's streams and status are caught, and one that hangs is ended")
  func running() throws {
    try Workplace.with(store: false) { place in
      let plain = try place.run("cat; echo trouble >&2; exit 3", input: Array("text".utf8))
      #expect(plain.outputText == "text")
      #expect(plain.errorText == "trouble\n")
      #expect(plain.status == 3)
      #expect(try place.run("sleep 20", seconds: 1).status == 124)
      #expect(try place.run("kill -9 $$").status == 137)
    }
  }
}
