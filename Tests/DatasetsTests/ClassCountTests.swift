import DataFormats
import Datasets
import Testing

@Suite struct ClassCountTests {
    @Test("A known data set has the classes that it is known for, whatever its labels say")
    func known() throws {
        let mnist = try #require(DatasetSource.known.first)
        #expect(try ClassCount.of([0, 1, 2], known: mnist) == 10)
        let expected = ClassCount.Fault(
            label: LabelPlace(.train, 1), expected: "a label in 0 ... 9, as mnist has", found: "10")
        #expect(throws: expected) { try ClassCount.of([3, 10, 2], known: mnist) }
    }

    @Test("A data set whose files name the classes has as many")
    func named() throws {
        #expect(try ClassCount.of([0, 2], known: nil, named: 26) == 26)
        let expected = ClassCount.Fault(
            label: LabelPlace(.train, 1), expected: "a label in 0 ... 2, one of the classes that are named", found: "3")
        #expect(throws: expected) { try ClassCount.of([0, 3], known: nil, named: 3) }
    }

    @Test("Elsewhere there is one more than the greatest label, if half of them are there")
    func counted() throws {
        #expect(try ClassCount.of([0, 3, 1], known: nil) == 4)
        #expect(throws: ClassCount.Fault.self) { try ClassCount.of([0, 9, 1], known: nil) }
        #expect(throws: ClassCount.Fault.self) { try ClassCount.of([0, 0], known: nil) }
    }
}
