import TestSupport
import Testing

@Suite(.disabled(if: Sanitizer.isOn, Comment(rawValue: Sanitizer.keepsMemory))) struct FreedMemoryTests {
    @Test("Freed memory goes back to the system, which it does not by itself where a little of it stays in use")
    func goesBack() throws {
        let usual = try #require(Int(try Program.run(beside: "soak", ["heaps"]).output.dropLast()))
        let back = try #require(Int(try Program.run(beside: "soak", ["heaps", "back"]).output.dropLast()))
        #expect(back < 20, "\(back) MiB of 200 stay")
        // Else the trial shows nothing.
        #expect(usual > 100, "\(usual) MiB of 200 stay")
    }
}
