import Foundation
import Networks
import Specs
import Testing

@Suite struct AdamTests {
    @Test(arguments: OptimizerGolden.lines(of: .adam))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adam).keras.className == "Adam")
        #expect(kerasArguments(.adam) == ["beta_1", "beta_2", "epsilon", "amsgrad"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adam).momentCount == 2)
        #expect(optimizer(.adam) { $0.amsgrad = true }.momentCount == 3)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("adam lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 wd=0.1") { variable, t in
            variable.each { w, g, m, v in
                m = 0.8 * m + 0.2 * g
                v = 0.9 * v + 0.1 * g * g
                let rate = 0.01 * (1 - pow(0.9, t)).squareRoot() / (1 - pow(0.8, t))
                w += -0.01 * 0.1 * w - rate * m / (v.squareRoot() + 1e-3)
            }
        }
    }

    @Test func `AMSGrad divides by the greatest mean square`() throws {
        // With so short a memory the mean square falls as often as it rises.
        var greatest: [String: [Double]] = [:]
        try expectByHand("adam lr=0.3 beta2=0.1 epsilon=1e-3 amsgrad=true") { variable, t in
            var most = greatest[variable.name] ?? variable.w.map { _ in 0 }
            let rate = 0.3 * (1 - pow(0.1, t)).squareRoot() / (1 - pow(0.9, t))
            for place in variable.w.indices {
                let g = variable.g[place]
                variable.a[place] = 0.9 * variable.a[place] + 0.1 * g
                variable.b[place] = 0.1 * variable.b[place] + 0.9 * g * g
                most[place] = max(most[place], variable.b[place])
                variable.w[place] -= rate * variable.a[place] / (most[place].squareRoot() + 1e-3)
            }
            greatest[variable.name] = most
        }
        #expect(greatest.count == 4)
    }
}
