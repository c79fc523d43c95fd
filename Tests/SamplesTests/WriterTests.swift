import Testing

/// Several processes on one store.
@Suite("writers at once")
struct WriterTests {
  @Test("eight writers at once take turns, and nothing of any is lost")
  func turns() throws {
    try Workplace.with { place in
      let result = try place.run(
        """
        for number in 1 2 3 4 5 6 7 8; do
          permql -s agency.permdb --quiet -c "set n$number = $number for all" &
        done
        wait
        """)
      #expect(result.errorText == "")
      #expect(result.outputText.ranges(of: "for 240 subaccounts").count == 8)
      let count = try place.script(
        "count where n1 = 1 and n2 = 2 and n3 = 3 and n4 = 4 and n5 = 5 and n6 = 6 and n7 = 7 and n8 = 8",
        options: "-o list")
      #expect(count.outputText == "240\n")
    }
  }

  @Test("a reader is not kept waiting by a writer, and sees whole transactions only")
  func readers() throws {
    try Workplace.with { place in
      let swap = "revoke outbound from \"Acme Dental\"\ngrant outbound to \"Acme Realty\"\n"
      let back = "revoke outbound from \"Acme Realty\"\ngrant outbound to \"Acme Dental\"\n"
      try place.write(swap, to: "swap.pql")
      try place.write(back, to: "back.pql")
      let result = try place.run(
        """
        ( for turn in 1 2 3 4 5 6; do
            permql -s agency.permdb --quiet swap.pql
            permql -s agency.permdb --quiet back.pql
          done >/dev/null; touch done ) &
        until [ -e done ]; do
          permql -s agency.permdb -o list \
            -c 'count "Acme Dental", "Acme Realty" having outbound'
        done
        wait
        """)
      #expect(result.errorText == "")
      #expect(!result.output.isEmpty)
      #expect(Set(result.outputText.split(separator: "\n")) == ["1"])
    }
  }
}
