export const Logo = () => (
  <svg className="logo" viewBox="0 0 18 18" aria-hidden="true">
    <path d="M5 1v16M13 1v16M5 5h8M5 9h8M5 13h8" />
  </svg>
);
