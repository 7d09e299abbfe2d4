import { useNavigate } from 'react-router';

/** Address of a file's editor. */
export function editorAddress(path: string): string {
  return `/studio/edit/${path.split('/').map(encodeURIComponent).join('/')}`;
}

export function useOpenFile(): (path: string) => void {
  const navigate = useNavigate();
  return (path) => void navigate(editorAddress(path));
}
