import Dashboard
import TerminalUI
import Testing

/// The key that changes between validation rows and test set is named wherever figures are of one of them.
@Suite struct RowsKeyTests {
    @Test(
        "At 80 columns the bar names the key for validation rows and test set, and a panel says which are shown",
        arguments: ["1", "3", "4", "5"] as [Key])
    func named(screen: Key) {
        var state = Sample.training(epochs: 4)
        Sample.press(&state, screen)
        let lines = render(state).text.components(separatedBy: "\n")
        #expect(lines.last?.contains("v val/test") == true, "\(lines.last ?? "")")
        #expect(lines.dropLast().joined().contains("val"), "rows are named")
    }
}
