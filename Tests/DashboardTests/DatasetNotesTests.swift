import Dashboard
import Datasets
import Testing

/// How the files of a data set were read.
struct DatasetNotesTests {
    @Test("What is to be known of a data set is said once it is loaded")
    func said() {
        let rings = Sample.data.dataset
        let notes = ["labels are in the last column", "pixel values from 0 to 16 become 0 to 255"]
        func message(_ notes: [String]) -> String? {
            var state = Sample.state()
            let dataset = Dataset(
                name: "rings", train: rings.train, test: rings.test, classes: rings.classes, notes: notes)
            _ = update(&state, .dataLoaded(LoadedData(dataset)))
            return state.message?.text
        }
        #expect(message(notes) == notes.joined(separator: "; "))
        #expect(message([]) == nil)
    }
}
