import './board.css';

/** Stands where the board will stand, so that nothing jumps when it comes. */
export const BoardSkeleton = () => (
  <main className="skeleton" aria-busy="true" aria-label="Loading the board">
    <div className="ladder" data-rungs="4">
      {['first', 'second', 'third', 'fourth'].map((place) => (
        <div key={place} className="rung" />
      ))}
    </div>
  </main>
);
