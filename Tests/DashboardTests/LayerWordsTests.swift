import Dashboard
import Specs
import TerminalUI
import Testing

@Suite struct LayerWordsTests {
    @Test("Every view of a network names a layer's batch normalization, noise and dropout")
    func views() {
        var state = Sample.inside("64tanh+bn+noise0.1+drop0.2", width: 160, height: 48)
        let network = render(state).text
        #expect(network.contains("▸1   64 bn tanh noise 0.1 drop 0.2 "), "the layers")
        #expect(network.contains("layer 1 64 bn tanh noise 0.1 drop 0.2"), "the activations")
        #expect(network.contains("1 tanh"), "the figures have room for the activation alone")
        Sample.press(&state, "1")
        // The shape of the network has room below all of the composer's rows.
        _ = update(&state, .input(.resize(width: 160, height: 64)))
        #expect(render(state).text.contains(" bn tanh noise 0.1 drop 0.2 "), "the shape")
        state.display.plain = true
        let words = "layer 1: 64 units, tanh, batch normalization, noise 0.1, dropout 0.2"
        #expect(PlainScreen(state).text.contains(words))
        Sample.press(&state, "5")
        #expect(PlainScreen(state).text.contains(words))
    }

    @Test("Where a layer's words have no room, whole parts of them are left out")
    func narrow() {
        for (width, height) in [(60, 20), (80, 24), (80, 40), (120, 40), (160, 48)] {
            let state = Sample.inside("64tanh+bn+noise0.0125+drop0.125-8tanh", width: width, height: height)
            let body = render(state).text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
            let cut = body.first { line in
                line.indices.contains { index in
                    line[index] == "…" && index > line.startIndex && line[line.index(before: index)] != " "
                }
            }
            #expect(cut == nil, "\(width) x \(height): \(cut ?? "")")
            #expect(width < 120 || body.contains { $0.contains(" 64 bn tanh ") }, "\(width) x \(height)")
        }
        var lab = Sample.inside("64softplus+bn+noise0.0125+drop0.125", width: 160, height: 64)
        Sample.press(&lab, "1")
        #expect(render(lab).text.contains(" bn softplus noise 0.0125 … "), "the shape")
    }

    @Test("The ends of a network say that they are input and output, in the composer and inside")
    func ends() {
        var state = Sample.inside("64tanh", width: 160, height: 48)
        #expect(render(state).text.contains("784 input") && render(state).text.contains("10 softmax"))
        state.display.plain = true
        for key in ["5", "1"] as [Key] {
            Sample.press(&state, key)
            let lines = PlainScreen(state).text
            #expect(lines.contains("input: 784 pixels") && lines.contains("output: 10 classes, softmax"))
        }
    }
}
